namespace Aspire.Hosting.Dcp.Model;

/// <summary>The bridge network that the containers of one AppHost share, so that they find each other by alias.</summary>
internal sealed class ContainerNetwork : DcpObject
{
    public override string Kind { get; set; } = "ContainerNetwork";
    public override string Plural => "containernetworks";
    public ContainerNetworkSpec Spec { get; set; } = new();
}

internal sealed class ContainerNetworkSpec
{
    public string? NetworkName { get; set; }
    public bool? Persistent { get; set; }
}
