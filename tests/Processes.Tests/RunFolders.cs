namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>Where an AppHost has put its servers' files.</summary>
internal static class RunFolders
{
    /// <summary>The folders of an AppHost.</summary>
    public static IReadOnlySet<string> Of(int appHost) => Of(appHost, Path.GetTempPath());

    /// <summary>The same for an AppHost with a temporary folder of its own.</summary>
    public static IReadOnlySet<string> Of(int appHost, string temporaryFolder) =>
        Directory.EnumerateDirectories(temporaryFolder, "msaaspire-run-*").Where(folder => IsOf(folder, appHost)).ToHashSet();

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
