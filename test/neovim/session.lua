-- What a user does, in one session of a headless Neovim. What comes of it goes to the file $RESULT, as JSON.
-- Neovim's own columns count bytes, so what it marks is what its client made of the server's positions.

local result = {}

local function wait(what, condition)
  if not vim.wait(30000, condition, 20) then error('waited in vain for ' .. what) end
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n') .. '\n'
end

local function marks()
  local found = {}
  for _, mark in ipairs(vim.diagnostic.get(0)) do
    local line = vim.api.nvim_buf_get_lines(0, mark.lnum, mark.lnum + 1, true)[1]
    table.insert(found, {
      line = mark.lnum,
      text = line:sub(mark.col + 1, mark.end_col),
      severity = mark.severity,
      source = mark.source,
      code = mark.code or mark.user_data.lsp.code,
    })
  end
  table.sort(found, function(a, b) return a.line < b.line end)
  return found
end

local function open(file)
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  wait('the marks of ' .. file, function() return #vim.diagnostic.get(0) > 0 end)
end

-- The first answer to a request about the cursor.
local function ask(method, params)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 30000) or {}) do
    if answer.result then return answer.result end
  end
  error('no answer to ' .. method)
end

local function put_cursor_on(part)
  vim.fn.cursor(1, 1)
  vim.fn.search('\\V' .. vim.fn.escape(part, '\\'), 'c')
end

local function quick_fixes()
  local params = vim.lsp.util.make_range_params(0, 'utf-16')
  params.context = { diagnostics = {}, only = { 'quickfix' } }
  return ask('textDocument/codeAction', params)
end

local function without_marks(what)
  wait('no marks ' .. what, function() return #vim.diagnostic.get(0) == 0 end)
end

local function session()
  open('policy.json')
  result.marks = marks()
  put_cursor_on('s3:Get*')
  result.hover = ask('textDocument/hover', vim.lsp.util.make_position_params(0, 'utf-16')).contents.value
  result.titles = vim.tbl_map(function(action) return action.title end, quick_fixes())

  -- One fix, and then all, each taken back at once.
  put_cursor_on('lambda:AddPermission')
  vim.lsp.util.apply_workspace_edit(quick_fixes()[1].edit, 'utf-16')
  wait('one mark less', function() return #vim.diagnostic.get(0) == #result.marks - 1 end)
  result.fixed = text()
  vim.cmd('undo')
  wait('all marks again', function() return #vim.diagnostic.get(0) == #result.marks end)
  vim.cmd('RefinePolicies')
  without_marks('after refining')
  result.refined = text()
  vim.cmd('undo')
  result.undone = text()

  -- Findings that something else writes are found when the file is saved.
  wait('the marks after undo', function() return #vim.diagnostic.get(0) == #result.marks end)
  vim.fn.writefile(vim.fn.readfile('later.json'), 'unused.findings.json')
  vim.cmd('silent write')
  wait('the marks of the new findings', function() return #vim.diagnostic.get(0) == 1 end)

  result.others = {}
  for _, file in ipairs({ 'one line é😀.json', 'template.yaml', 'main.tf' }) do
    open(file)
    local other = { marks = marks() }
    vim.cmd('RefinePolicies')
    without_marks('in ' .. file)
    other.refined = text()
    result.others[file] = other
  end
  result.clients = #(vim.lsp.get_clients or vim.lsp.get_active_clients)()
end

local ok, message = xpcall(session, debug.traceback)
result.error = not ok and message or nil
vim.fn.writefile({ vim.fn.json_encode(result) }, vim.env.RESULT)
vim.cmd('qall!')
