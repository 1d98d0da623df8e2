namespace Aspirate.Tests;

/// <summary>Where things lie in this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Tests { get; } = Path.Combine(Root, "tests", "Aspirate.Tests");

    public static string AppHost { get; } = Path.Combine(Root, "AppHost");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MsaAspire.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds MsaAspire.sln.");
    }
}
