namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>
/// Where the AppHost runs as root the servers run as another user, who has to reach their files. A clone under /root (mode 700) is
/// closed to that user, so files for a server go to a folder of the machine instead.
/// </summary>
internal static class PublicFolder
{
    /// <summary>Where root keeps what an unprivileged server has to reach.</summary>
    public const string OfMachine = "/var/lib/msaaspire";

    private const UnixFileMode ReadableForAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The folder itself where every user can reach it or nobody needs to; else its replacement in <see cref="OfMachine"/>.</summary>
    /// <param name="folder">The preferred folder; it need not exist yet.</param>
    /// <param name="name">The name of the replacement.</param>
    public static string Choose(string folder, string name) =>
        OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess || IsReachable(folder) ? folder : Path.Combine(OfMachine, name);

    /// <summary>Creates the folder and lets every user list it.</summary>
    public static void Create(string folder)
    {
        var info = Directory.CreateDirectory(folder);
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        info.UnixFileMode = ReadableForAll;
        if (folder.StartsWith(OfMachine, StringComparison.Ordinal))
        {
            // A strict umask of root's must not close the way to it.
            File.SetUnixFileMode(OfMachine, ReadableForAll);
        }
    }

    private static bool IsReachable(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (at.Exists && !at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }
}
