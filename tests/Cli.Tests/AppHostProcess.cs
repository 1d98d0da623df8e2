using System.Diagnostics;
using System.Text;
using Xunit;

namespace Cli.Tests;

/// <summary>An AppHost that was started without the command line.</summary>
internal sealed class AppHostProcess : IDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private AppHostProcess(ProcessStartInfo start)
    {
        _process = new() { StartInfo = start };
        _process.OutputDataReceived += Append;
        _process.ErrorDataReceived += Append;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static AppHostProcess StartTiny(Home home) =>
        Start(home, Path.Combine(Home.Root, "tests", "TinyAppHost", "bin", Home.Configuration, "net10.0", "TinyAppHost.dll"));

    public static AppHostProcess Start(Home home, string program, params string[] arguments) =>
        new(home.StartInfo("dotnet", [program, .. arguments]));

    public void Kill() => _process.Kill();

    public Task EndAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30));

    public async Task SaysAsync(string text, TimeSpan limit)
    {
        for (var clock = Stopwatch.StartNew(); !Output.Contains(text, StringComparison.Ordinal); await Task.Delay(50, TestContext.Current.CancellationToken))
            Assert.True(clock.Elapsed < limit && !_process.HasExited, $"It has not said '{text}' within {limit.TotalSeconds:0} s:\n{Output}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }
}
