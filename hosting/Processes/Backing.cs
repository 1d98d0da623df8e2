using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace MsaAspire.Hosting.Processes;

/// <summary>What stands behind a server in run mode; configuration key `Backing`.</summary>
internal enum Backing
{
    /// <summary>A process where its binaries can be had, else a container.</summary>
    Auto,
    Process,
    Container,
}

internal static class BackingConfiguration
{
    private const string Key = "Backing";

    public static Backing GetBacking(this IConfiguration configuration) => configuration[Key] switch
    {
        null or "" => Backing.Auto,
        var value when Enum.TryParse<Backing>(value, ignoreCase: true, out var backing) && Enum.IsDefined(backing) && !char.IsAsciiDigit(value[0]) => backing,
        var value => throw new DistributedApplicationException($"The configuration value {Key}={value} is unknown. Use auto, process or container."),
    };
}
