namespace Aspire.Hosting.ApplicationModel;

/// <summary>A program on this machine.</summary>
public class ExecutableResource : Resource,
    IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    /// <param name="name">Name of the resource.</param>
    /// <param name="command">A program on PATH, or its path.</param>
    /// <param name="workingDirectory">Full path of the folder it runs in.</param>
    public ExecutableResource(string name, string command, string workingDirectory) : base(name)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        Annotations.Add(new ExecutableAnnotation { Command = command, WorkingDirectory = workingDirectory });
    }

    public string Command => Executable.Command;

    public string WorkingDirectory => Executable.WorkingDirectory;

    private ExecutableAnnotation Executable => this.TryGetLastAnnotation<ExecutableAnnotation>(out var annotation)
        ? annotation
        : throw new InvalidOperationException($"The executable resource '{Name}' has no {nameof(ExecutableAnnotation)}.");
}

/// <summary>The program of an executable resource.</summary>
public sealed class ExecutableAnnotation : IResourceAnnotation
{
    public required string Command { get; set; }

    public required string WorkingDirectory { get; set; }
}
