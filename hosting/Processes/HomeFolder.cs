using Aspire.Hosting;

namespace MsaAspire.Hosting.Processes;

/// <summary>
/// The user's home folder, where Aspire's orchestrator (DCP) keeps files of its own. When it cannot, it ends at once and says so to nobody,
/// and the AppHost would wait for it for ever.
/// </summary>
internal static class HomeFolder
{
    private const string OfOrchestrator = ".dcp";

    /// <exception cref="DistributedApplicationException">It cannot be written.</exception>
    public static void RequireWritable()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var folder = Path.Combine(home, OfOrchestrator);
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The home folder {home} cannot be written, and Aspire's orchestrator has to keep files in {folder}: {e.Message} Let its user write there, or set HOME to a folder that can be written.", e);
        }
    }
}
