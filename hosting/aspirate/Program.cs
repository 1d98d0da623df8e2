using MsaAspire.Aspirate.Commands;

// An interrupted build also ends its compilers.
return await AspirateCommands.Root().Parse(args, AspirateCommands.Parsing)
    .InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
