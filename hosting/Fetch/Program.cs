using MsaAspire.Tools;

// Standard output is for the path alone.
var progress = new Progress<string>(Console.Error.WriteLine);
try
{
    Console.WriteLine((await Toolbox.GetAspireAsync(Directory.GetCurrentDirectory(), progress, CancellationToken.None)).CliPath);
    return 0;
}
catch (ToolException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
