"""What OpenRouter publishes, fetched: addresses, one HTTP client, what is to be fetched, the key. No Qt, no store."""
