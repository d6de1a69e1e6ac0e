"""People, accounts, positions, holders, delegations."""
