using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using MsaAspire.Hosting.Processes.Tools;

namespace MsaAspire.Hosting.Processes;

/// <summary>Whether containers could run here.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Null when an engine runs, else why not.</summary>
    public static async Task<string?> FindProblemAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var chosen = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];
        var installed = new[] { chosen ?? "docker", chosen ?? "podman" }.Distinct().Where(name => Machine.FindProgram(name) is not null).ToList();
        if (installed.Count == 0)
        {
            return $"{chosen ?? "neither docker nor podman"} is{(chosen is null ? "" : " not")} on PATH";
        }

        foreach (var engine in installed)
        {
            try
            {
                if ((await ChildProcess.RunAsync(new ProcessStartInfo(engine, ["info"]), Limit, cancellationToken)).ExitCode == 0)
                {
                    return null;
                }
            }
            catch (ToolException)
            {
                // An engine that does not answer in time does not run.
            }
        }

        return $"{string.Join(" and ", installed)} is installed but its engine does not run";
    }
}
