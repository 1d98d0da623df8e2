namespace MsaAspire.Tools;

/// <summary>The three binaries of the Aspire CLI package, each as a full path.</summary>
/// <param name="DcpPath">The orchestrator `dcp`.</param>
/// <param name="DashboardPath">`aspire-managed`, which is the dashboard when started with the argument `dashboard`.</param>
/// <param name="CliPath">The `aspire` command line.</param>
public sealed record AspireBundle(string DcpPath, string DashboardPath, string CliPath);
