using MsaAspire.Lab.Commands;
using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Report;
using MsaAspire.Lab.Results;
using Spectre.Console;

var console = AnsiConsole.Console;
// In a file or a pipe a line is as long as it is, so that paths can be found in it.
if (!console.Profile.Out.IsTerminal)
    console.Profile.Width = 1000;

// Stopping the systems takes some seconds.
return await LabCommand.Create(
        AllExperiments.All, new(ResultFiles.WriteAsync, ResultFiles.ReadAsync, ReportWriter.WriteAsync), console)
    .Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
