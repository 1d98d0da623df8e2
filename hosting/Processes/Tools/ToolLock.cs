using System.Text.Json;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>The committed lock file: which version of which package each platform gets.</summary>
/// <param name="Postgres">From npm.</param>
/// <param name="RabbitMq">From the Debian archive.</param>
internal sealed record ToolLock(LockedTool<LockedPackage> Postgres, LockedTool<LockedArchives> RabbitMq)
{
    public static ToolLock Current { get; } = Read();

    private static ToolLock Read()
    {
        using var stream = typeof(ToolLock).Assembly.GetManifestResourceStream("tools.lock.json")!;
        return JsonSerializer.Deserialize<ToolLock>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>One tool in the lock file.</summary>
/// <typeparam name="T">What is fetched for a platform.</typeparam>
/// <param name="Packages">By platform.</param>
/// <param name="WhatToDo">What to do where it is not available, as the end of a sentence.</param>
internal sealed record LockedTool<T>(string Description, string Version, int Megabytes, string WhatToDo, Dictionary<string, T> Packages)
{
    public T For(string platform) => Packages.GetValueOrDefault(platform)
        ?? throw new ToolException($"{Description} is not packaged for {platform} (it is for {string.Join(", ", Packages.Keys)}). What to do: {WhatToDo}.");
}

/// <summary>The npm package of one platform.</summary>
/// <param name="Integrity">`sha512-` and the base64 hash.</param>
internal sealed record LockedPackage(string Name, string Integrity);

/// <summary>The Debian packages of one platform: their places in the Debian archive, which hold their versions, and their SHA-256 hashes in hexadecimal.</summary>
internal sealed class LockedArchives : Dictionary<string, string>;
