using System.Diagnostics;
using System.Text;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>The AppHost of the servers as a process of its own, to see how it ends and what it says.</summary>
internal sealed class ServersProcess : IAsyncDisposable
{
    private static readonly string[] Passwords = ["--Parameters:postgres-password", "Kennwort1", "--Parameters:broker-password", "Kennwort1"];
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    public ServersProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string[]? asUser = null)
    {
        string[] command = [.. asUser ?? [], "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "ServersAppHost.dll"), .. Passwords, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["Logging__LogLevel__Microsoft.Extensions.Diagnostics.HealthChecks"] = "None";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Append;
        _process.ErrorDataReceived += Append;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Waits until both servers are ready.</summary>
    public Task UntilReadyAsync() => UntilAsync("both servers ready", TimeSpan.FromMinutes(3), () => (Says("orders is ready") && Says("broker is ready")) || _process.HasExited);

    public bool Says(string text) => Output.Contains(text, StringComparison.Ordinal);

    /// <summary>The line that has the text in it.</summary>
    public string Line(string text) => Output.Split('\n').First(line => line.Contains(text, StringComparison.Ordinal)).Trim();

    /// <summary>Has it end as Ctrl+C does.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await ExitCodeAsync(TimeSpan.FromSeconds(60));
    }

    public async Task<int> ExitCodeAsync(TimeSpan limit)
    {
        await UntilAsync("the AppHost's end", limit, () => _process.HasExited);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken); // until all its output is read
        return _process.ExitCode;
    }

    /// <summary>Waits until <paramref name="reached"/>; when that does not come in time the test fails with what the AppHost said.</summary>
    public async Task UntilAsync(string what, TimeSpan limit, Func<bool> reached)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var clock = Stopwatch.StartNew(); !reached();)
        {
            Assert.True(clock.Elapsed < limit, $"Waited {limit.TotalSeconds:0} s for: {what}. The AppHost said:\n{Output}");
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
