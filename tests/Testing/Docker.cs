using System.ComponentModel;
using Xunit;

namespace MsaAspire.Testing;

/// <summary>The machine's container engine, by its command line.</summary>
public static class Docker
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <summary>Null when an engine answers and has the images, else what is missing.</summary>
    public static async Task<string?> FindProblemAsync(params IEnumerable<string> images)
    {
        if ((await TryAsync(["info"])).ExitCode != 0)
            return "No docker engine answers here.";
        foreach (var image in images)
        {
            if ((await TryAsync(["image", "inspect", image])).ExitCode != 0)
                return $"There is no image {image} here; tests/Containers/make-images.sh makes a stand-in.";
        }

        return null;
    }

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>What it printed, without the end of the line.</returns>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var result = await TryAsync(arguments);
        Assert.True(result.ExitCode == 0, $"docker {string.Join(' ', arguments)}: {result.Tail}");
        return result.Output.Trim();
    }

    /// <summary>Runs a command. Where there is no docker, it fails as the command would.</summary>
    public static async Task<ProgramResult> TryAsync(string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        try
        {
            return await ExternalProgram.RunAsync("docker", arguments, s_limit, environment);
        }
        catch (Exception e) when (e is Win32Exception or TimeoutException)
        {
            return new(-1, "", e.Message);
        }
    }

    /// <summary>All containers, networks and volumes of the machine but those of Cluster.Tests, which may run at the same time.</summary>
    public static async Task<IReadOnlySet<string>> ListAsync()
    {
        string[][] queries =
        [
            ["ps", "--all", "--no-trunc", "--format", "{{.Names}} {{.ID}}"],
            ["network", "ls", "--no-trunc", "--format", "{{.Name}} {{.ID}}"],
            ["volume", "ls", "-q"],
        ];
        var answers = await Task.WhenAll(queries.Select(query => RunAsync(query)));
        return answers.SelectMany(answer => answer.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Where(line => !line.StartsWith("cluster-tests-", StringComparison.Ordinal)).ToHashSet();
    }
}
