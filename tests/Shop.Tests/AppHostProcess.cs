using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Xunit;

namespace Shop.Tests;

/// <summary>
/// The AppHost as a process of its own. Everything that it starts inherits a variable that no other process has, so that what is left of it can
/// be found wherever it hangs in the process tree; its temporary files go to a folder of its own.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class AppHostProcess : IAsyncDisposable
{
    private const string Mark = "MSA_TEST_MARK";
    private readonly string _mark = $"{Mark}={Guid.NewGuid():N}";
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private AppHostProcess(params string[] arguments)
    {
        TemporaryFolder = Directory.CreateTempSubdirectory("shop-").FullName;
        // PostgreSQL runs as another user when the test runs as root, and has to reach its folder in there.
        File.SetUnixFileMode(TemporaryFolder, (UnixFileMode)0b111_101_101);
        // A test run in the background of a shell ignores SIGINT, and whatever it starts would too.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", typeof(Projects.AppHost).Assembly.Location, "--KeepData", "false", "--DcpPublisher:RandomizePorts", "true", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Mark] = _mark[(Mark.Length + 1)..];
        start.Environment["TMPDIR"] = TemporaryFolder;
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Append;
        _process.ErrorDataReceived += Append;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string TemporaryFolder { get; }

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

    public static AppHostProcess Start(params string[] arguments) => new(arguments);

    /// <summary>The names of the processes that the AppHost has started, itself among them.</summary>
    public IReadOnlyList<string> Family() => [.. Directory.EnumerateDirectories("/proc").Where(IsFamily).Select(NameOf)];

    /// <summary>Waits until <paramref name="reached"/>; when that does not come in time the test fails and says what there was.</summary>
    public async Task UntilAsync(string what, TimeSpan limit, Func<bool> reached, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!reached())
        {
            if (clock.Elapsed > limit)
            {
                Assert.Fail($"Waited {limit.TotalSeconds:0} s for: {what}. There are: {string.Join(", ", Family())}. The AppHost said:\n{Output}");
            }

            await poll.WaitForNextTickAsync(cancellationToken);
        }
    }

    public async Task<int> ExitCodeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await UntilAsync("the AppHost's end", limit, () => _process.HasExited, cancellationToken);
        return _process.ExitCode;
    }

    public void Signal(int number) => Assert.Equal(0, NativeMethods.Kill(Id, number));

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

    private static string NameOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "comm")).Trim();
        }
        catch (IOException)
        {
            return "gone";
        }
    }

    private bool IsFamily(string folder)
    {
        try
        {
            return int.TryParse(Path.GetFileName(folder), out _) && File.ReadAllText(Path.Combine(folder, "environ")).Contains(_mark, StringComparison.Ordinal);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
