using MsaAspire.Tools;

// Standard output is the command line's own.
var progress = new Progress<string>(Console.Error.WriteLine);
try
{
    await Toolbox.GetAspireAsync(Directory.GetCurrentDirectory(), progress, CancellationToken.None);
    return 0;
}
catch (ToolException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
