using System.ComponentModel;
using System.Diagnostics;

namespace Shop.Tests;

/// <summary>The machine's container engine, asked by its command line.</summary>
internal static class Docker
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    /// <summary>Null when an engine answers and has the images, else what is missing.</summary>
    public static async Task<string?> FindProblemAsync(IEnumerable<string> images, CancellationToken cancellationToken)
    {
        if (await TryAsync(["info"], cancellationToken) is null)
        {
            return "No docker engine answers here.";
        }

        foreach (var image in images)
        {
            if (await TryAsync(["image", "inspect", image], cancellationToken) is null)
            {
                return $"There is no image {image} here; tests/Containers/make-images.sh makes a stand-in.";
            }
        }

        return null;
    }

    /// <summary>All containers, networks and volumes of the machine but those of Cluster.Tests, which may run at the same time.</summary>
    public static async Task<IReadOnlySet<string>> ListAsync(CancellationToken cancellationToken)
    {
        string[][] queries =
        [
            ["ps", "--all", "--no-trunc", "--format", "{{.Names}} {{.ID}}"],
            ["network", "ls", "--no-trunc", "--format", "{{.Name}} {{.ID}}"],
            ["volume", "ls", "-q"],
        ];
        var answers = await Task.WhenAll(queries.Select(query => TryAsync(query, cancellationToken)));
        return answers.SelectMany(answer => answer!.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Where(line => !line.StartsWith("cluster-tests-", StringComparison.Ordinal)).ToHashSet();
    }

    /// <summary>What the command printed; null when it failed.</summary>
    private static async Task<string?> TryAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        try
        {
            using var docker = Process.Start(
                new ProcessStartInfo("docker", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = docker.StandardError.ReadToEndAsync(limit.Token);
            var output = await docker.StandardOutput.ReadToEndAsync(limit.Token);
            await errors;
            await docker.WaitForExitAsync(limit.Token);
            return docker.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // An engine that does not answer in time does not run.
            return null;
        }
    }
}
