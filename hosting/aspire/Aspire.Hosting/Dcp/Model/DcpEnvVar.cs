namespace Aspire.Hosting.Dcp.Model;

internal sealed record DcpEnvVar(string Name, string? Value);
