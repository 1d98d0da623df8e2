namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>Archives, and a strict umask, leave files that only their owner can use; a server may run as somebody else.</summary>
internal static class FileModes
{
    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static void LetEveryoneExecute(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | Read | Execute);
        }
    }

    public static void LetEveryoneRead(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Where(entry => entry.LinkTarget is null))
        {
            entry.UnixFileMode |= entry is DirectoryInfo || entry.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? Read | Execute : Read;
        }

        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | Read | Execute);
    }
}
