using System.Reflection;

namespace Aspire.Hosting;

/// <summary>What the build noted in the AppHost's assembly.</summary>
internal static class AppHostMetadata
{
    /// <summary>Folder of the AppHost's project.</summary>
    public static string? DirectoryOf(Assembly? assembly) => Read(assembly, "AppHostProjectPath");

    /// <summary>Full path of the AppHost's project file.</summary>
    public static string? ProjectFileOf(Assembly? assembly) =>
        (DirectoryOf(assembly), Read(assembly, "AppHostProjectName")) is ({ } directory, { } name) ? Path.Combine(directory, name) : null;

    /// <summary>Name of the AppHost, in the dashboard and in the names of volumes.</summary>
    public static string? NameOf(Assembly? assembly) => Path.GetFileNameWithoutExtension(Read(assembly, "AppHostProjectName")) ?? assembly?.GetName().Name;

    private static string? Read(Assembly? assembly, string key) => assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
