namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>The processes of this machine, and which of them an AppHost's servers are.</summary>
internal static class Processes
{
    /// <summary>The folders that an AppHost has put its servers' files in.</summary>
    public static IReadOnlySet<string> RunFolders(int appHost) => RunFolders(appHost, Path.GetTempPath());

    /// <summary>The same for an AppHost with a temporary folder of its own.</summary>
    public static IReadOnlySet<string> RunFolders(int appHost, string temporaryFolder) =>
        Directory.EnumerateDirectories(temporaryFolder, "msaaspire-run-*").Where(folder => IsOf(folder, appHost)).ToHashSet();

    /// <summary>What mentions the text (a folder, or the id of the AppHost that DCP watches) in its command line, environment or working folder.</summary>
    public static IEnumerable<int> Of(string text) => ProcessTable.Mentioning(text);

    public static string Name(int pid) => ProcessTable.NameOf(pid);

    private static bool IsOf(string folder, int appHost)
    {
        try
        {
            return File.ReadLines(Path.Combine(folder, "host")).FirstOrDefault() == $"{appHost}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
