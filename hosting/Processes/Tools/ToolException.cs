namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>A tool cannot be had; the message names the package and the way out.</summary>
internal sealed class ToolException(string message, Exception? inner = null) : Exception(message, inner);
