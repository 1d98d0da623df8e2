using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Postgres;

internal sealed record CreationScriptAnnotation(string Script) : IResourceAnnotation;
