namespace Hosting.Tests.Builders;

/// <summary>A project file with the settings given, deleted afterwards.</summary>
internal sealed class ProjectFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hosting-tests-").FullName;

    public ProjectFolder(string? launchSettings = null, string? appSettings = null)
    {
        File.WriteAllText(Path, "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />");
        Directory.CreateDirectory(System.IO.Path.Combine(_folder, "Properties"));
        Write("Properties/launchSettings.json", launchSettings);
        Write("appsettings.json", appSettings);
    }

    public string Path => System.IO.Path.Combine(_folder, "Api.csproj");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(System.IO.Path.Combine(_folder, name), text);
        }
    }
}
