using Xunit;

// Both classes build the same projects.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Cluster.Tests;

/// <summary>The exporter as a user calls it, for this repository's AppHost; its state is the test's own.</summary>
internal sealed class Tool : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(9);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cluster-tests-");

    /// <summary>A folder for a tree.</summary>
    public string Output(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Runs a command to its end.</summary>
    public Task<ProgramResult> RunAsync(string command, params IEnumerable<string> arguments) => ExternalProgram.RunAsync(
        "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "aspirate.dll"), command, "--project-path", Repository.AppHost,
            "--non-interactive", .. arguments,
        ],
        s_limit);

    /// <summary>Writes a tree.</summary>
    /// <returns>Its folder.</returns>
    public async Task<string> GenerateAsync(string name, params IEnumerable<string> arguments)
    {
        var result = await RunAsync(
            "generate",
            ["--output-path", Output(name), "--state-path", Output("state.json"), "--secret-password", "of the test", .. arguments]);
        Assert.True(result.ExitCode == 0, result.Tail);
        return Output(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
