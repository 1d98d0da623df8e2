using System.Text.Json;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>The committed lock file: which version of which package each platform gets.</summary>
/// <param name="Postgres">From npm.</param>
/// <param name="RabbitMq">From the Debian archive.</param>
internal sealed record ToolLock(LockedTool Postgres, LockedArchives RabbitMq)
{
    public static ToolLock Current { get; } = Read();

    private static ToolLock Read()
    {
        using var stream = typeof(ToolLock).Assembly.GetManifestResourceStream("tools.lock.json")!;
        return JsonSerializer.Deserialize<ToolLock>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>One tool in the lock file.</summary>
/// <param name="Packages">By platform.</param>
/// <param name="WayOut">What to do where the package cannot be had, as the end of a sentence.</param>
internal sealed record LockedTool(string Description, string Version, int Megabytes, string WayOut, Dictionary<string, LockedPackage> Packages)
{
    public LockedPackage For(string platform) => Packages.GetValueOrDefault(platform)
        ?? throw new ToolException($"{Description} is not packaged for {platform} (it is for {string.Join(", ", Packages.Keys)}). Way out: {WayOut}.");
}

/// <summary>The npm package of one platform.</summary>
/// <param name="Integrity">`sha512-` and the base64 hash.</param>
internal sealed record LockedPackage(string Name, string Integrity);

/// <summary>One tool in the lock file that is made of Debian packages.</summary>
/// <param name="Archives">By platform: the packages' places in the Debian archive, which hold their versions, and their SHA-256 hashes in hexadecimal.</param>
/// <param name="WayOut">What to do where they cannot be had, as the end of a sentence.</param>
internal sealed record LockedArchives(string Description, string Version, int Megabytes, string WayOut, Dictionary<string, Dictionary<string, string>> Archives)
{
    public IReadOnlyDictionary<string, string> For(string platform) => Archives.GetValueOrDefault(platform)
        ?? throw new ToolException($"{Description} is not packaged for {platform} (it is for {string.Join(", ", Archives.Keys)}). Way out: {WayOut}.");
}
