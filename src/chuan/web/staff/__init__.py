"""Pages of those who keep the system: sign-in and account, organisation, people, authority, trail."""
