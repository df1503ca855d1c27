"""KPIs over the data frames of any engine."""
