using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A resource that others find by its name through <c>services__name__endpoint__0</c> variables.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
