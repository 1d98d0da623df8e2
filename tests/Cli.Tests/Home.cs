using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Xunit;

namespace Cli.Tests;

/// <summary>
/// A home folder of its own, in which the repository's <c>./aspire</c> runs as users run it, and applications that it starts as well. All of them
/// inherit a variable that no other process has, so that what is left can be found wherever it hangs.
/// </summary>
internal sealed class Home : IAsyncDisposable
{
    private const string Mark = "MSA_CLI_TEST";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3), s_end = TimeSpan.FromSeconds(30);

    private readonly string _mark = Guid.NewGuid().ToString("N");

    public Home(string? folder = null)
    {
        // A socket lies below it, whose path may have 107 bytes.
        Folder = folder ?? Directory.CreateTempSubdirectory("cli").FullName;
        Directory.CreateDirectory(Folder);
        // PostgreSQL runs as another user when the test runs as root, and has to reach its folder in there.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
    }

    public static string Root { get; } = Metadata("Root").TrimEnd('/');

    public static string Configuration { get; } = Metadata("Configuration");

    public string Folder { get; }

    public string Sockets => Path.Combine(Folder, ".aspire", "cli", "bch");

    /// <summary>Runs a command to its end.</summary>
    public async Task<Said> RunAsync(params string[] arguments)
    {
        using var command = Start(arguments);
        return await command.EndAsync(s_limit);
    }

    /// <summary>Runs a command that must succeed, and returns its output as JSON.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var said = await RunAsync([.. arguments, "--format", "Json"]);
        Assert.True(said.ExitCode == 0, $"aspire {string.Join(' ', arguments)}: {said}");
        return said.Json;
    }

    /// <summary>Starts the shop in the background, on ports of its own and with data of its own.</summary>
    public Task<JsonElement> StartAsync(params string[] arguments) =>
        JsonAsync(["start", "--non-interactive", "--no-build", "--isolated", .. arguments]);

    /// <summary>Starts a command.</summary>
    public Command Start(params string[] arguments) => new(StartInfo(Path.Combine(Root, "aspire"), arguments));

    /// <summary>The processes that were started from here and still are.</summary>
    public IReadOnlyList<string> Family() => [.. Directory.EnumerateDirectories("/proc").Where(IsFamily).Select(NameOf)];

    /// <summary>Waits until nothing that was started from here is left.</summary>
    public async Task NothingIsLeftAsync()
    {
        var clock = Stopwatch.StartNew();
        while (Family() is { Count: > 0 } left)
        {
            Assert.True(clock.Elapsed < s_end, $"After {s_end.TotalSeconds:0} s there are still: {string.Join(", ", left)}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Empty(Directory.Exists(Sockets) ? Directory.GetFiles(Sockets) : []);
        Assert.Empty(Directory.GetDirectories(Folder, "msaaspire-run-*"));
    }

    /// <summary>Ends everything that was started from here.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var id in Directory.EnumerateDirectories("/proc").Where(IsFamily).Select(f => int.Parse(Path.GetFileName(f))))
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // It has ended meanwhile.
            }
        }

        for (var i = 0; i < 50 && Family().Count > 0; i++)
            await Task.Delay(100);
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // What was killed a moment ago may still write.
        }
    }

    internal ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments)
    {
        // Whoever runs tests in the background of a shell makes all below them ignore an interrupt.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", program, .. arguments])
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var environment = start.Environment;
        environment[Mark] = _mark;
        // What restores and builds is there already.
        environment.TryAdd("NUGET_PACKAGES", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"));
        environment.TryAdd("DOTNET_CLI_HOME", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        // Where the command line is not here yet, it is fetched by a program that is built first. Build servers would outlive it.
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["UseSharedCompilation"] = "false";
        environment["HOME"] = Folder;
        environment["TMPDIR"] = Folder;
        if (Configuration != "Debug")
            environment["Configuration"] = Configuration;
        return start;
    }

    private static string Metadata(string key) =>
        typeof(Home).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    private bool IsFamily(string folder)
    {
        try
        {
            return int.TryParse(Path.GetFileName(folder), out _)
                && File.ReadAllText(Path.Combine(folder, "environ")).Split('\0').Contains($"{Mark}={_mark}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string NameOf(string folder)
    {
        try
        {
            return $"{Path.GetFileName(folder)} {File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ').Trim()}";
        }
        catch (IOException)
        {
            return "gone";
        }
    }
}
