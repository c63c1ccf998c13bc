"""The front desk of a clinic: its diary, its clients, its courses of treatment and its till."""
