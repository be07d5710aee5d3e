"""What an app's script drew by chance or by the clock: drawn once per release, the same in all environments."""
