using MsaAspire.Aspirate.Commands;

// A build that is interrupted takes its compilers along.
return await AspirateCommands.Root().Parse(args, AspirateCommands.Parsing)
    .InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
