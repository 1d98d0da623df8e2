namespace Aspire.Hosting;

/// <summary>A project named by its path: the project file, or a folder with just one.</summary>
internal sealed class ProjectMetadata(string path) : IProjectMetadata
{
    public string ProjectPath { get; } = Directory.Exists(path) && Directory.GetFiles(path, "*.csproj") is [var only] ? only : path;
}
