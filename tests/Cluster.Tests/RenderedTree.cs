using System.Text;
using k8s;
using k8s.Models;
using MsaAspire.Aspirate.Cluster;
using Xunit;

namespace Cluster.Tests;

/// <summary>The objects of a tree as kustomize renders them.</summary>
internal sealed class RenderedTree
{
    private readonly List<object> _objects;

    private RenderedTree(List<object> objects) => _objects = objects;

    public IEnumerable<V1Deployment> Deployments => _objects.OfType<V1Deployment>();

    public static async Task<RenderedTree> OfAsync(string folder) =>
        new(KubernetesYaml.LoadAllFromString(await Kubectl.RenderAsync(folder, TestContext.Current.CancellationToken)));

    /// <summary>The environment of a container, as the kubelet would make it.</summary>
    public Dictionary<string, string> EnvironmentOf(V1Container container)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in container.EnvFrom ?? [])
        {
            foreach (var (key, value) in source.ConfigMapRef is { } map
                ? Find<V1ConfigMap>(map.Name).Data
                : Decoded(Find<V1Secret>(source.SecretRef.Name)))
            {
                environment[key] = value;
            }
        }

        return environment;
    }

    private T Find<T>(string name) where T : IKubernetesObject<V1ObjectMeta> => _objects.OfType<T>().Single(o => o.Metadata.Name == name);

    private static Dictionary<string, string> Decoded(V1Secret secret) => secret.Data.ToDictionary(d => d.Key, d => Encoding.UTF8.GetString(d.Value));
}
