using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>Translates a project or an executable of the model to a DCP Executable.</summary>
internal sealed class ExecutableFactory(ResourceValues values, EndpointPlan endpoints, ProjectBinaries projects)
{
    /// <summary>Which of the last arguments are the resource's own, one digit each: 1 for those that must not be shown.</summary>
    public const string ArgumentsAnnotation = "resource-app-args";

    /// <exception cref="DistributedApplicationException">There is nothing to run, or a value is missing.</exception>
    public async Task<Executable> CreateAsync(ResourceInstance instance, ILogger logger, CancellationToken cancellationToken)
    {
        var resource = instance.Resource;
        var (path, prefix, workingDirectory) = await FindProgramAsync(resource, cancellationToken).ConfigureAwait(false);
        var arguments = await values.GetArgumentsAsync(resource, logger, cancellationToken).ConfigureAwait(false);
        var environment = await values.GetEnvironmentAsync(resource, logger, cancellationToken).ConfigureAwait(false);
        return new Executable
        {
            Metadata = new DcpMetadata { Name = instance.Id, Annotations = Annotations(instance, arguments) },
            Spec = new ExecutableSpec
            {
                ExecutablePath = path,
                WorkingDirectory = workingDirectory,
                Args = [.. prefix, .. arguments.Select(a => a.Value)],
                Env = environment,
            },
        };
    }

    private Dictionary<string, string> Annotations(ResourceInstance instance, List<DcpArgument> arguments)
    {
        var annotations = new Dictionary<string, string>
        {
            ["resource-name"] = instance.Resource.Name,
            ["otel-service-name"] = instance.Resource.Name,
            ["otel-service-instance-id"] = instance.Suffix,
            ["resource-replica-count"] = $"{instance.Count}",
            ["resource-replica-index"] = $"{instance.Index}",
            [ArgumentsAnnotation] = string.Concat(arguments.Select(a => a.IsSensitive ? '1' : '0')),
        };
        var producers = endpoints.Of(instance.Resource).Where(s => s.IsProxied)
            .Select(s => new ServiceProducer(
                s.ServiceName, HostBinding.IsSingleAddress(s.Endpoint.TargetHost) ? s.Endpoint.TargetHost : KnownHostNames.Localhost, s.Endpoint.TargetPort))
            .ToList();
        if (producers.Count > 0)
            annotations[ServiceProducer.Annotation] = JsonSerializer.Serialize(producers, DcpJson.Default.ListServiceProducer);
        return annotations;
    }

    private async Task<(string Path, IReadOnlyList<string> Prefix, string WorkingDirectory)> FindProgramAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (resource.TryGetLastAnnotation<IProjectMetadata>(out var project))
        {
            var binary = await projects.FindAsync(resource.Name, project, cancellationToken).ConfigureAwait(false);
            return (binary.Path, binary.Arguments, Path.GetDirectoryName(project.ProjectPath)!);
        }

        return resource.TryGetLastAnnotation<ExecutableAnnotation>(out var executable)
            ? (ProgramPath.Find(resource.Name, executable), [], executable.WorkingDirectory)
            : throw new DistributedApplicationException($"The resource '{resource.Name}' is neither a project nor an executable.");
    }
}
