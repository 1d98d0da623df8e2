using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting.Cli;

/// <summary>
/// Where running AppHosts and the <c>aspire</c> command find each other: a folder of sockets whose names tell the AppHost's project and process.
/// Nobody signs in on a socket, so the folder is for its owner alone.
/// </summary>
internal static class SocketFolder
{
    /// <summary>What the kernel takes as a socket's path, without the byte that ends it.</summary>
    private static readonly int s_longestPath = OperatingSystem.IsMacOS() ? 103 : 107;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder in the home folder of the user.</summary>
    public static string Default => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspire", "cli", "bch");

    /// <summary>A path for a new socket of an AppHost. Sockets of the same AppHost whose process is gone are deleted.</summary>
    /// <param name="folder">The folder; made if it is not there.</param>
    /// <param name="projectFile">The AppHost's project, a full path.</param>
    /// <param name="processId">The process that will listen.</param>
    /// <exception cref="IOException">The path is longer than a socket's may be, or the folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is somebody else's.</exception>
    public static string Prepare(string folder, string projectFile, int processId)
    {
        var prefix = PrefixOf(projectFile);
        var path = Path.Combine(folder, $"{prefix}{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(6))}.{processId}");
        if (Encoding.UTF8.GetByteCount(path) > s_longestPath)
        {
            throw new PathTooLongException(
                $"the path of its socket, {path}, is longer than the {s_longestPath} bytes a socket's may have. Set HOME to a folder with a shorter path");
        }

        Directory.CreateDirectory(folder);
        // The command makes the folder as well, and leaves it to the user's mask who may look in.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, OwnerOnly);
        foreach (var stale in Directory.EnumerateFiles(folder, $"{prefix}*").Where(IsStale))
            File.Delete(stale);
        return path;
    }

    /// <summary>What the names of all sockets of an AppHost begin with.</summary>
    public static string PrefixOf(string projectFile)
    {
        var path = Resolve(projectFile);
        return Base64Url.EncodeToString(XxHash3.Hash(Encoding.UTF8.GetBytes(OperatingSystem.IsWindows() ? path.ToUpperInvariant() : path)));
    }

    /// <summary>The path with every symbolic link on the way followed.</summary>
    private static string Resolve(string file)
    {
        var path = Path.GetPathRoot(file)!;
        foreach (var name in file[path.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, name);
            FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            if (entry.LinkTarget is not null)
                path = entry.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }

        return path;
    }

    private static bool IsStale(string socket) =>
        int.TryParse(Path.GetExtension(socket).TrimStart('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        && !Processes.IsAlive(process);
}
