namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>Programs that are already on this machine.</summary>
internal static class Machine
{
    /// <summary>The full path of a program on PATH or in one of the other folders.</summary>
    public static string? FindProgram(string name, params IEnumerable<string> otherFolders)
    {
        var extensions = OperatingSystem.IsWindows() ? new[] { ".exe", ".cmd", ".bat" } : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(otherFolders)
            .SelectMany(folder => extensions.Select(extension => Path.Combine(folder, name + extension)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>The file behind a chain of links.</summary>
    public static string Resolve(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
