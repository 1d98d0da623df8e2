using MsaAspire.Aspirate;
using Xunit;

namespace Cluster.Tests.Engine;

/// <summary>The machine's docker.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>What it printed, without the end of the line.</returns>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var result = await TryAsync(arguments);
        Assert.True(result.ExitCode == 0, $"docker {string.Join(' ', arguments)}: {result.Tail}");
        return result.Output.Trim();
    }

    public static Task<ChildResult> TryAsync(string[] arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        ChildProcess.RunAsync("docker", arguments, s_limit, TestContext.Current.CancellationToken, environment: environment);

    /// <summary>Null when everything that building and running images takes is here.</summary>
    public static async Task<string?> FindProblemAsync(params string[] images)
    {
        foreach (var program in new[] { "docker", "kubectl", LoopbackRegistry.Program })
        {
            if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program))))
                return $"There is no {program} here.";
        }

        if ((await TryAsync(["info"])).ExitCode != 0)
            return "No docker engine answers here.";
        foreach (var image in images)
        {
            if ((await TryAsync(["image", "inspect", image])).ExitCode != 0)
                return $"There is no image {image} here; tests/Containers/make-images.sh makes a stand-in.";
        }

        return null;
    }
}
