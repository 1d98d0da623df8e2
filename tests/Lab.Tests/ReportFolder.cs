namespace Lab.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class ReportFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lab-report-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
