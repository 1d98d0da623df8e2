namespace Aspire.Hosting;

/// <summary>A download before the first start takes long enough that its lines must show whatever the log level is.</summary>
internal sealed class ConsoleProgress : IProgress<string>
{
    public void Report(string value) => Console.WriteLine(value);
}
