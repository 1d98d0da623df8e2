using System.Diagnostics;
using Xunit;

namespace MsaAspire.Testing;

/// <summary>
/// An AppHost as a process of its own. Everything that it starts inherits a variable that no other process has, so that what is left of it can
/// be found wherever it is in the process tree; its temporary files go to a folder of its own. Linux only.
/// </summary>
public sealed class AppHostProcess : IAsyncDisposable
{
    private const string Mark = "MSA_TEST_MARK";
    private readonly string _mark = $"{Mark}={Guid.NewGuid():N}";
    private readonly Lines _output = new();
    private readonly Process _process;

    private AppHostProcess(string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        TemporaryFolder = Directory.CreateTempSubdirectory("shop-").FullName;
        // PostgreSQL runs as another user when the test runs as root, and has to reach its folder in there.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(TemporaryFolder, (UnixFileMode)0b111_101_101);
        // A test run in the background of a shell ignores SIGINT, and whatever it starts would too.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", program, "--DcpPublisher:RandomizePorts", "true", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Mark] = _mark[(Mark.Length + 1)..];
        start.Environment["TMPDIR"] = TemporaryFolder;
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        // As in Properties/launchSettings.json: a CI machine has no development certificate.
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string TemporaryFolder { get; }

    public int Id => _process.Id;

    public string Output => _output.ToString();

    public bool HasExited => _process.HasExited;

    /// <summary>The shop, with nothing of an earlier run in it.</summary>
    public static AppHostProcess StartShop(params string[] arguments) => new(typeof(Projects.AppHost).Assembly.Location, ["--KeepData", "false", .. arguments]);

    /// <summary>The servers alone: tests/ServersAppHost, with variables in addition to those of this process.</summary>
    public static AppHostProcess StartServers(string[] arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        new(typeof(Projects.ServersAppHost).Assembly.Location, arguments, environment);

    /// <summary>The names of the processes that the AppHost has started, itself among them.</summary>
    public IReadOnlyList<string> Family() => [.. ProcessTable.WithVariable(_mark).Select(ProcessTable.NameOf)];

    public bool Says(string text) => Output.Contains(text, StringComparison.Ordinal);

    /// <summary>The line that has the text in it.</summary>
    public string Line(string text) => Output.Split('\n').First(line => line.Contains(text, StringComparison.Ordinal)).Trim();

    /// <summary>Waits until <paramref name="reached"/>; when that does not come in time the test fails and says what there was.</summary>
    public async Task UntilAsync(string what, TimeSpan limit, Func<bool> reached) =>
        Assert.True(
            await Eventually.IsTrueAsync(reached, limit),
            $"Waited {limit.TotalSeconds:0} s for: {what}. There are: {string.Join(", ", Family())}. The AppHost said:\n{Output}");

    public async Task<int> ExitCodeAsync(TimeSpan limit)
    {
        await UntilAsync("the AppHost's end", limit, () => _process.HasExited);
        return _process.ExitCode;
    }

    public void Send(Signal signal) => Signals.Send(Id, signal);

    /// <summary>Waits until no process and no temporary file is left of it.</summary>
    public async Task NothingIsLeftAsync(TimeSpan limit)
    {
        await UntilAsync("no process left", limit, () => Family().Count == 0);
        await UntilAsync("no temporary file left", limit, () => !Directory.EnumerateFileSystemEntries(TemporaryFolder).Any(IsOurs));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        try
        {
            Directory.Delete(TemporaryFolder, recursive: true);
        }
        catch (IOException)
        {
            // What the AppHost has left is still clearing up itself; that is what the test complains of.
        }
    }

    // The runtime's own diagnostics sockets of processes that were killed: the .NET runtime cannot remove those, and reuses none.
    private static bool IsOurs(string path) =>
        !Path.GetFileName(path).StartsWith("clr-debug-pipe-", StringComparison.Ordinal) && !Path.GetFileName(path).StartsWith("dotnet-diagnostic-", StringComparison.Ordinal);
}
