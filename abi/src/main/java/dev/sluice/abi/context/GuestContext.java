package dev.sluice.abi.context;

/// What a context id stands for.
sealed interface GuestContext permits PluginContext, StreamContext {}
