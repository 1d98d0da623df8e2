using System.Reflection;
using Xunit;

namespace Shop.Tests;

/// <summary>
/// The aspire command in the version that the repository pins, with a home folder of its own, so that it sees no other AppHost than the one it
/// starts. Linux only.
/// </summary>
internal sealed class AspireCli : IDisposable
{
    private const string Mark = "MSA_TEST_MARK", Project = "AppHost/AppHost.csproj";

    // The first use fetches the tool, which has 190 MB.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    // Its sockets have to fit into the 107 bytes of a socket's path.
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("cli-");
    private readonly Dictionary<string, string> _environment;

    public AspireCli()
    {
        var mark = $"{Guid.NewGuid():N}";
        var temporary = _home.CreateSubdirectory("tmp");
        // PostgreSQL runs as another user when the test runs as root, and has to reach its folder in there.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_home.FullName, (UnixFileMode)0b111_101_101);
        _environment = new()
        {
            [Mark] = mark,
            ["HOME"] = _home.FullName,
            ["DOTNET_CLI_HOME"] = _home.FullName,
            ["TMPDIR"] = temporary.FullName,
            ["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            // MSBuild takes it from here: what --no-build starts has been built with the tests.
            ["Configuration"] = typeof(AspireCli).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration,
            ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true",
            ["NO_COLOR"] = "1",
        };
        Family = () => [.. ProcessTable.WithVariable($"{Mark}={mark}").Select(ProcessTable.NameOf)];
    }

    /// <summary>The names of the processes that it has started.</summary>
    public Func<IReadOnlyList<string>> Family { get; }

    /// <summary>Installs the command, as README says.</summary>
    public async Task RestoreAsync()
    {
        var restored = await ExternalProgram.RunAsync("dotnet", ["tool", "restore"], s_limit, _environment, Repository.Root);
        Assert.True(restored.ExitCode == 0, $"dotnet tool restore: {restored.Tail}");
    }

    /// <summary>Runs <c>dotnet aspire</c> for this repository's AppHost; it must succeed.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(string command, params string[] arguments)
    {
        string[] appHost = command == "ps" ? [] : ["--apphost", Project];
        var result = await ExternalProgram.RunAsync(
            "dotnet", ["aspire", .. command.Split(' '), .. appHost, "--non-interactive", "--nologo", .. arguments], s_limit, _environment, Repository.Root);
        Assert.True(result.ExitCode == 0, $"aspire {command} ended with {result.ExitCode}: {result.Tail}");
        return result.Output;
    }

    /// <summary>Kills what a failed or cancelled test has left.</summary>
    public void Dispose()
    {
        foreach (var pid in ProcessTable.WithVariable($"{Mark}={_environment[Mark]}").ToList())
            Signals.TrySend(pid, Signal.Kill);
        try
        {
            _home.Delete(recursive: true);
        }
        catch (IOException)
        {
            // What is left is still clearing up itself; that is what the test complains of.
        }
    }
}
