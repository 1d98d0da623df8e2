using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MsaAspire.Hosting.Processes.Tools;

namespace MsaAspire.Hosting.Processes;

/// <summary>Where a server's data is: in a folder of the run, which is deleted with it, or where a volume or bind mount of its container says.</summary>
internal static class DataFolder
{
    /// <param name="server">The server, with the mounts its container would have had.</param>
    /// <param name="mountPoint">The folder in the container that holds the data, or one above it.</param>
    /// <param name="runFolder">Used without a mount.</param>
    public static string Of(IResource server, string mountPoint, string runFolder)
    {
        var mount = server.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault(mount => mount.Source is not null && mount.Target.StartsWith(mountPoint, StringComparison.Ordinal));
        var folder = mount is null ? Path.Combine(runFolder, "data")
            : mount.Type == ContainerMountType.BindMount ? Path.GetFullPath(mount.Source!)
            : Path.Combine(Volumes, mount.Source!);
        try
        {
            if (mount is { Type: ContainerMountType.Volume })
            {
                PublicFolder.Create(Path.GetDirectoryName(folder)!);
            }

            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The data folder of '{server.Name}' cannot be made: {e.Message} Let the AppHost's user write there, or set XDG_DATA_HOME to a folder that can be written.", e);
        }
    }

    private static string Volumes => PublicFolder.Choose(
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "msaaspire", "volumes"), "volumes");
}
