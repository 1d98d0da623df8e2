using System.Text.Json;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>The committed lock file: which version of which package each platform gets.</summary>
internal static class ToolLock
{
    private static readonly Dictionary<string, LockedTool> Tools = Read();

    public static LockedTool Postgres => Tools["postgres"];

    private static Dictionary<string, LockedTool> Read()
    {
        using var stream = typeof(ToolLock).Assembly.GetManifestResourceStream("tools.lock.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, LockedTool>>(stream, JsonSerializerOptions.Web)!;
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
/// <param name="Integrity">`sha512-` and the base64 hash; null leaves the check to npm, which makes it against its registry.</param>
internal sealed record LockedPackage(string Name, string? Integrity);
