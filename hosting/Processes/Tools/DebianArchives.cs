using System.Diagnostics;
using System.Security.Cryptography;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>Debian packages that are unpacked without being installed.</summary>
/// <param name="apt">Null on a machine without apt.</param>
internal sealed class DebianArchives(AptClient? apt)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Downloads the packages, checks each against the lock and unpacks them.</summary>
    /// <returns>The folder that stands for `/`.</returns>
    public async Task<string> UnpackAsync(LockedTool<LockedArchives> tool, LockedArchives packages, string temporary, CancellationToken cancellationToken)
    {
        if (apt is null || Machine.FindProgram("dpkg-deb") is not { } dpkg)
        {
            throw new ToolException($"{tool.Description} comes as Debian packages, and this machine has no apt and dpkg to fetch them with. What to do: {tool.WhatToDo}.");
        }

        var archives = Directory.CreateDirectory(Path.Combine(temporary, "archives")).FullName;
        var root = Directory.CreateDirectory(Path.Combine(temporary, "root")).FullName;
        await apt.DownloadAsync(tool, [.. packages.Keys], archives, cancellationToken);
        foreach (var (path, hash) in packages)
        {
            var archive = Path.Combine(archives, Path.GetFileName(path));
            await VerifyAsync(archive, hash, cancellationToken);
            var result = await ChildProcess.RunAsync(new ProcessStartInfo(dpkg, ["--extract", archive, root]), Limit, cancellationToken);
            if (result.ExitCode != 0)
            {
                throw new ToolException($"{Path.GetFileName(path)} cannot be unpacked (dpkg-deb, exit code {result.ExitCode}): {result.Tail}");
            }
        }

        return root;
    }

    private static async Task VerifyAsync(string archive, string expected, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(archive);
        var actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        if (actual != expected)
        {
            throw new ToolException($"The Debian package {Path.GetFileName(archive)} is not the one tools.lock.json pins: expected sha256 {expected}, got {actual}. Nothing was installed; the mirror, or something on the way, altered it.");
        }
    }
}
