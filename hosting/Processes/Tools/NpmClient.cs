using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>Fetches a package with the user's own npm, so that registry, proxy and credentials are those the user has set up.</summary>
/// <param name="npmPath">The npm program; null when there is none.</param>
internal sealed class NpmClient(string? npmPath)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Downloads the package, checks it against the lock and unpacks it.</summary>
    /// <returns>The folder that holds the package's files.</returns>
    public async Task<string> FetchAsync(LockedTool<LockedPackage> tool, LockedPackage package, string temporaryFolder, CancellationToken cancellationToken)
    {
        var id = $"{package.Name}@{tool.Version}";
        if (npmPath is null)
        {
            throw new ToolException($"{tool.Description} comes as the npm package {id}, and npm is not on PATH. Install Node.js 20 or later, or {tool.WhatToDo}.");
        }

        // The working folder decides whether a .npmrc of the repository counts.
        var start = new ProcessStartInfo(npmPath) { WorkingDirectory = Path.GetDirectoryName(Path.GetDirectoryName(temporaryFolder)) };
        foreach (var argument in (string[])["pack", id, "--pack-destination", temporaryFolder, "--loglevel", "error", "--no-update-notifier"])
        {
            start.ArgumentList.Add(argument);
        }

        var result = await ChildProcess.RunAsync(start, Limit, cancellationToken);
        var archive = Directory.EnumerateFiles(temporaryFolder, "*.tgz").SingleOrDefault();
        if (result.ExitCode != 0 || archive is null)
        {
            throw new ToolException($"The npm package {id} ({tool.Description}) is not available from the registry npm uses here (exit code {result.ExitCode}):\n{result.Tail}\nWhat to do: {tool.WhatToDo}.");
        }

        await VerifyAsync(archive, id, package.Integrity, cancellationToken);
        await using var compressed = File.OpenRead(archive);
        await using var tar = new GZipStream(compressed, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(tar, temporaryFolder, overwriteFiles: true, cancellationToken);
        return Path.Combine(temporaryFolder, "package");
    }

    private static async Task VerifyAsync(string archive, string id, string expected, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(archive);
        var actual = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
        if (actual != expected)
        {
            throw new ToolException($"The npm package {id} is not the one tools.lock.json pins: expected {expected}, got {actual}. Nothing was installed; the registry, or something on the way, altered it.");
        }
    }
}
