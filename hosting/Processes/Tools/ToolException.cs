namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>A tool is not available; the message names the package and what to do.</summary>
internal sealed class ToolException(string message, Exception? inner = null) : Exception(message, inner);
